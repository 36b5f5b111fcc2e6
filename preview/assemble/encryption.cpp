// What encrypts snapshots and secrets. Four answers, never mixed: nothing, a key of AWS's, a
// customer key, a key that cannot be told.
#include <algorithm>
#include <vector>

#include "preview/assemble/keys.h"
#include "preview/assemble/passes.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::EncryptionKind;
using model::EncryptionSource;
using model::Resource;
using model::Value;

// Snapshots of copies of snapshots of volumes …
constexpr int kMaxSteps = 8;

EncryptionSource Only(EncryptionKind kind) {
  EncryptionSource source;
  source.kind = kind;
  return source;
}

// Where a snapshot comes from, and what it takes over when it does not say.
enum class Origin {
  kVolume,    // as the volume
  kDatabase,  // as the database
  kEbsCopy,   // of an encrypted snapshot: under the account's default key unless a key is named
              // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html
  kRdsCopy,   // as the source
              // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CopyDBSnapshot.html
  kImport,    // not encrypted unless asked for
};

struct SnapshotRow {
  std::string_view iac_type;
  Origin origin;
  std::string_view source;  // attribute
  std::vector<std::string_view> source_types;
};

const std::vector<SnapshotRow>& SnapshotRows() {
  static const std::vector<SnapshotRow> rows = {
      {"AWS::EC2::Snapshot", Origin::kVolume, "VolumeId", {"AWS::EC2::Volume"}},
      {"aws_db_cluster_snapshot", Origin::kDatabase, "db_cluster_identifier", {"aws_rds_cluster"}},
      {"aws_db_snapshot", Origin::kDatabase, "db_instance_identifier", {"aws_db_instance"}},
      {"aws_db_snapshot_copy",
       Origin::kRdsCopy,
       "source_db_snapshot_identifier",
       {"aws_db_snapshot", "aws_db_snapshot_copy"}},
      {"aws_ebs_snapshot", Origin::kVolume, "volume_id", {"aws_ebs_volume"}},
      {"aws_ebs_snapshot_copy",
       Origin::kEbsCopy,
       "source_snapshot_id",
       {"aws_ebs_snapshot", "aws_ebs_snapshot_copy", "aws_ebs_snapshot_import"}},
      {"aws_ebs_snapshot_import", Origin::kImport, "", {}},
      {"aws_rds_cluster_snapshot_copy",
       Origin::kRdsCopy,
       "source_db_cluster_snapshot_identifier",
       {"aws_db_cluster_snapshot", "aws_rds_cluster_snapshot_copy"}},
  };
  return rows;
}

class Snapshots {
 public:
  explicit Snapshots(Side& side) : side_(side) {}

  // Assumptions made on the way are added to `assumptions`. `steps` bounds the way.
  EncryptionSource Of(const Resource& snapshot, int steps,
                      std::vector<std::string>& assumptions) const {
    auto row = std::find_if(SnapshotRows().begin(), SnapshotRows().end(),
                            [&](const SnapshotRow& one) { return one.iac_type == snapshot.type; });
    if (row == SnapshotRows().end() || steps == 0) return Only(EncryptionKind::kUnknownKey);
    const Value* key = FirstAt(snapshot.attributes, "kms_key_id");
    const Setting encrypted = SettingAt(snapshot.attributes, "encrypted,storage_encrypted");
    if (IsGiven(key)) {
      return KeyNamed(side_, snapshot, key, EncryptionKind::kUnknownKey);
    }
    // A copy is encrypted when its source is, whatever it asks for.
    const bool final_answer = row->origin != Origin::kEbsCopy && row->origin != Origin::kRdsCopy;
    if (encrypted == Setting::kOff && final_answer) return Only(EncryptionKind::kNone);
    if (encrypted == Setting::kOn && row->origin == Origin::kEbsCopy) {
      return DefaultKey(snapshot);
    }
    if (row->origin == Origin::kImport) {
      return encrypted == Setting::kAbsent ? Only(EncryptionKind::kNone) : DefaultKey(snapshot);
    }
    EncryptionSource taken = FromSource(snapshot, *row, encrypted, steps, assumptions);
    if (encrypted == Setting::kOn && taken.kind == EncryptionKind::kNone) {
      return Only(EncryptionKind::kUnknownKey);
    }
    return taken;
  }

 private:
  EncryptionSource FromSource(const Resource& snapshot, const SnapshotRow& row, Setting encrypted,
                              int steps, std::vector<std::string>& assumptions) const {
    const Link link = side_.links().Find(
        snapshot, FirstAt(snapshot.attributes, row.source), [&](const Resource& resource) {
          return std::find(row.source_types.begin(), row.source_types.end(), resource.type) !=
                 row.source_types.end();
        });
    if (link.kind != Link::Kind::kResource) return Only(EncryptionKind::kUnknownKey);
    switch (row.origin) {
      case Origin::kVolume:
        return OfVolume(*link.resource, steps - 1, assumptions);
      case Origin::kDatabase:
        return OfDatabase(*link.resource);
      case Origin::kRdsCopy:
        return Of(*link.resource, steps - 1, assumptions);
      case Origin::kEbsCopy: {
        const EncryptionSource source = Of(*link.resource, steps - 1, assumptions);
        const bool plain = source.kind == EncryptionKind::kNone && encrypted != Setting::kUnknown;
        return plain ? source : DefaultKey(snapshot);
      }
      case Origin::kImport:
        break;
    }
    return Only(EncryptionKind::kUnknownKey);
  }

  // https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html
  EncryptionSource OfVolume(const Resource& volume, int steps,
                            std::vector<std::string>& assumptions) const {
    const Value* key = FirstAt(volume.attributes, "kms_key_id,KmsKeyId");
    const Setting encrypted = SettingAt(volume.attributes, "encrypted,Encrypted");
    if (IsGiven(key)) {
      return KeyNamed(side_, volume, key, EncryptionKind::kUnknownKey);
    }
    if (encrypted == Setting::kOn || EncryptsByDefault(volume)) return DefaultKey(volume);
    if (encrypted == Setting::kUnknown) return Only(EncryptionKind::kUnknownKey);
    if (encrypted == Setting::kOff) return Only(EncryptionKind::kNone);
    // Made from a snapshot it is encrypted as that one.
    if (const Value* source = FirstAt(volume.attributes, "snapshot_id,SnapshotId")) {
      if (IsGiven(source)) return OfVolumeFrom(volume, *source, steps, assumptions);
    }
    AddOnce(assumptions, "the account does not encrypt new EBS volumes by default");
    return Only(EncryptionKind::kNone);
  }

  EncryptionSource OfVolumeFrom(const Resource& volume, const Value& source, int steps,
                                std::vector<std::string>& assumptions) const {
    const Link link = side_.links().Find(volume, &source, [&](const Resource& resource) {
      return side_.IsA(resource, "AWS::EC2::Snapshot");
    });
    if (link.kind != Link::Kind::kResource || steps <= 0) {
      return Only(EncryptionKind::kUnknownKey);
    }
    return Of(*link.resource, steps - 1, assumptions);
  }

  // Encrypted without a key named is under aws/rds.
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
  EncryptionSource OfDatabase(const Resource& database) const {
    const Value* key = FirstAt(database.attributes, "kms_key_id");
    const Setting encrypted = SettingAt(database.attributes, "storage_encrypted");
    if (IsGiven(key)) {
      return KeyNamed(side_, database, key, EncryptionKind::kUnknownKey);
    }
    if (encrypted == Setting::kOn) return Only(EncryptionKind::kAwsManaged);
    if (encrypted == Setting::kUnknown) return Only(EncryptionKind::kUnknownKey);
    // A restored database or a replica takes its source's encryption over.
    for (std::string_view source : {"snapshot_identifier", "replicate_source_db",
                                    "replication_source_identifier", "restore_to_point_in_time"}) {
      if (encrypted == Setting::kAbsent && IsGiven(FirstAt(database.attributes, source))) {
        return Only(EncryptionKind::kUnknownKey);
      }
    }
    return Only(EncryptionKind::kNone);
  }

  bool EncryptsByDefault(const Resource& volume) const {
    for (const Resource* setting : side_.OfType("aws_ebs_encryption_by_default")) {
      if (!SameRegion(*setting, volume)) continue;
      const Setting enabled = SettingAt(setting->attributes, "enabled");
      if (enabled != Setting::kOff) return true;  // on unless switched off
    }
    return false;
  }

  // The account's default key for EBS: the one that the input sets, else it is not known.
  EncryptionSource DefaultKey(const Resource& resource) const {
    for (const Resource* setting : side_.OfType("aws_ebs_default_kms_key")) {
      if (!SameRegion(*setting, resource)) continue;
      return KeyNamed(side_, *setting, FirstAt(setting->attributes, "key_arn"),
                      EncryptionKind::kUnknownKey);
    }
    return Only(EncryptionKind::kUnknownKey);
  }

  static bool SameRegion(const Resource& a, const Resource& b) {
    return a.environment.account == b.environment.account &&
           a.environment.region == b.environment.region;
  }

  Side& side_;
};

bool IsSnapshot(std::string_view type) {
  return type == "AWS::EC2::Snapshot" || type == "AWS::RDS::DBSnapshot" ||
         type == "AWS::RDS::DBClusterSnapshot";
}

// https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
EncryptionSource OfSecret(const Side& side, const Resource& secret) {
  return KeyNamed(side, secret, FirstAt(secret.attributes, "kms_key_id,KmsKeyId"),
                  EncryptionKind::kAwsManaged);
}

}  // namespace

void AddEncryption(Side& side) {
  const Snapshots snapshots(side);
  for (Draft& draft : side.drafts()) {
    model::Configuration& configuration = draft.configuration;
    const bool secret = configuration.resource_type == "AWS::SecretsManager::Secret";
    if (!secret && !IsSnapshot(configuration.resource_type)) continue;
    if (draft.resource == nullptr) {
      configuration.encryption = Only(EncryptionKind::kUnknownKey);
    } else if (secret) {
      configuration.encryption = OfSecret(side, *draft.resource);
    } else {
      configuration.encryption =
          snapshots.Of(*draft.resource, kMaxSteps, configuration.assumptions);
    }
  }
}

}  // namespace preview::assemble
