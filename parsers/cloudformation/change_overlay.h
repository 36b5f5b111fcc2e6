// The changes of a change set over the resources that a template gives.
#pragma once

#include <string>
#include <vector>

#include "parsers/cloudformation/reading.h"

namespace preview::cloudformation {

struct Change {
  std::string address;
  std::string type;
  std::string action;         // Add, Modify, Remove, Import, Dynamic, SyncWithActual
  std::string policy_action;  // Delete, Retain, Snapshot, ReplaceAndDelete, ReplaceAndRetain, …
  bool replaced = false;
  std::string physical_id;
  bool has_values = false;
  model::Value before;  // properties; null: none
  model::Value after;
  model::Place place;
};

struct ChangeList {
  std::vector<Change> changes;
  std::vector<model::Undetermined> undetermined;
  std::vector<model::Note> notes;
  model::Environment environment;
  std::string input;
  bool base_given = false;
};

// Without a base the resources that are not listed are the same before and after.
void ApplyChanges(const ChangeList& list, Sides& sides, model::SymbolTable& symbols);

}  // namespace preview::cloudformation
