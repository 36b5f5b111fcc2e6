#!/usr/bin/env python3
"""Makes plan.json in each FOLDER from its main.tf, with before/main.tf (where there is one) as what is deployed.

    make_plan.py [--work DIR] FOLDER...

Folders whose resources have different names are planned together, which is faster, and each gets its part of the plan.
Offline: terraform needs the AWS provider 5.100.0 from a mirror or cache that TF_CLI_CONFIG_FILE names. What is deployed is
before/main.tf, planned on its own; what that plan leaves unknown is filled in: references by the value that they refer to,
identifying texts by the form of `rules/data` where there is one, the rest by a made-up text or zero. Then main.tf is planned
over that state with -refresh=false. Of what terraform prints only the time and the other folders' resources are left out.
"""
import argparse, glob, json, os, re, subprocess, sys
import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
# What the provider checks the form of.
MADE_UP = {"version": "1", "delivery_destination_type": "S3", "signature_version": 1, "read_capacity": 0, "write_capacity": 0,
           "fifo_throughput_scope": "", "type": "customer", "acl": None, "policy": ""}
PLACES = {"partition": "aws", "region": "us-east-1", "account": "111122223333", "dns_suffix": "amazonaws.com"}


def forms():
    found = {}
    for path in sorted(glob.glob(os.path.join(HERE, "../../rules/data/*.yaml"))):
        with open(path) as file:
            attributes = (yaml.safe_load(file).get("attributes") or {}).get("terraform") or {}
        for kind, entry in attributes.items():
            found.setdefault(kind, {}).update(entry.get("identifies") or {})
    return found


def terraform(work, *arguments):
    run = subprocess.run(["terraform", *arguments], cwd=work, capture_output=True, text=True)
    if run.returncode:
        sys.exit("terraform %s:\n%s" % (arguments[0], run.stderr))
    return run.stdout


def planned(work, text, state):
    """`text` planned over `state`, as terraform show prints it."""
    for name in ("main.tf", "terraform.tfstate"):
        if os.path.exists(os.path.join(work, name)):
            os.remove(os.path.join(work, name))
    with open(os.path.join(work, "main.tf"), "w") as file:
        file.write(text)
    if state:
        with open(os.path.join(work, "terraform.tfstate"), "w") as file:
            json.dump(state, file)
    if not os.path.isdir(os.path.join(work, ".terraform")):
        terraform(work, "init", "-no-color")
    terraform(work, "plan", "-no-color", "-refresh=false", "-lock=false", "-out", "tfplan")
    return json.loads(terraform(work, "show", "-json", "tfplan"))


def made_up(known, name, schema, form):
    """The value of attribute `name` of a resource whose `known` attributes are given."""
    if schema is None:  # a block
        return []
    if name in form and form[name] != "{%s}" % name:
        def text(match):
            word = match.group(1)
            part, _, other = word.partition("|")
            part = part.partition(":")[0]
            if part in PLACES and part not in known:
                return PLACES[part]
            value = known.get(part)
            if isinstance(value, str) and value:
                return value
            return other or "%s-%s" % (part.replace("_", "-"), known["$label"])
        return re.sub(r"\{([^}]*)\}", text, form[name])
    if name in MADE_UP:
        return MADE_UP[name]
    if re.search("_(at|time|date)$", name):
        return "2024-01-01T00:00:00Z"
    kind_of = schema.get("type", "string")
    if kind_of == "string":
        return "%s-%s" % (name.replace("_", "-"), known["$label"])
    if isinstance(kind_of, list):
        return {} if kind_of[0] in ("map", "object") else []
    return {"number": 1, "bool": False}[kind_of]


def fill(plan, schemas, all_forms):
    """The state that applying `plan` would leave."""
    configuration = {r["address"]: r for r in plan["configuration"]["root_module"].get("resources", [])}
    versions = {r["address"]: r["schema_version"] for r in plan["planned_values"]["root_module"].get("resources", [])}
    changes = {c["address"]: c for c in plan.get("resource_changes", [])}
    done = {}

    def value_of(address):
        if address in done:
            return done[address]
        change = changes[address]
        schema = schemas[change["type"]]["block"]
        known = dict(change["change"]["after"])
        done[address] = known
        known["$label"] = change["name"].replace("_", "-")
        expressions = configuration[address].get("expressions", {})
        form = all_forms.get(change["type"], {})
        unknown = [n for n, u in change["change"]["after_unknown"].items() if u is True]
        for name in sorted(unknown, key=lambda n: (n in form and form[n] != "{%s}" % n, n)):
            references = expressions.get(name, {}).get("references", []) if isinstance(expressions.get(name), dict) else []
            target, _, attribute = references[0].rpartition(".") if references else ("", "", "")
            if target in changes:
                known[name] = value_of(target).get(attribute)
            else:
                known[name] = made_up(known, name, schema.get("attributes", {}).get(name), form)
        for name in schema.get("attributes", {}):
            known.setdefault(name, None)
        for name in schema.get("block_types", {}):
            known.setdefault(name, [])
        return known

    resources = []
    for address, change in changes.items():
        attributes = {k: v for k, v in value_of(address).items() if k != "$label"}
        resources.append({"mode": "managed", "type": change["type"], "name": change["name"],
                          "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
                          "instances": [{"schema_version": versions[address], "attributes": attributes}]})
    return {"version": 4, "terraform_version": plan["terraform_version"], "serial": 1,
            "lineage": "00000000-0000-0000-0000-000000000000", "outputs": {}, "resources": resources}


def blocks(path):
    """The top-level blocks of a file, by their first line."""
    found = {}
    if os.path.exists(path):
        with open(path) as file:
            for block in re.findall(r"^\w[^\n]*\{.*?^\}\n", file.read(), re.S | re.M):
                found[block.split("\n", 1)[0]] = block
    return found


def rounds(folders):
    """Folders that can be planned together: no two of them have a resource of one name. Each with its resources."""
    left = [(folder, blocks(os.path.join(folder, "main.tf")), blocks(os.path.join(folder, "before", "main.tf")))
            for folder in folders]
    while left:
        now, later, taken = [], [], {}
        for folder, after, before in left:
            both = [item for side in (after, before) for item in side.items()]
            own = {head for head, _ in both if head.startswith("resource") and "aws_cloudformation_stack" not in head}
            if own & set(taken):
                later.append((folder, after, before))
            else:
                taken.update(both)
                now.append((folder, after, before, own))
        yield now
        left = later


def part(plan, heads):
    """The plan without the resources that other folders have."""
    names = {tuple(re.findall(r'"([^"]*)"', head)) for head in heads}
    mine = lambda entry: (entry["type"], entry["name"]) in names
    plan = json.loads(json.dumps(plan))
    for key in ("resource_changes", "resource_drift", "relevant_attributes"):
        if key in plan:
            plan[key] = [entry for entry in plan[key] if "type" in entry and mine(entry)]
    for tree in (plan["planned_values"], plan["configuration"], plan.get("prior_state", {}).get("values", {})):
        if "root_module" in tree:
            tree["root_module"]["resources"] = [r for r in tree["root_module"].get("resources", []) if mine(r)]
    plan.pop("timestamp", None)
    return plan


def make(work, folders, cache):
    together = [{}, {}]
    for _, after, before, _ in folders:
        together[0].update(after)
        together[1].update(before)
    state = None
    if together[1]:
        plan = planned(work, "\n".join(together[1].values()), None)
        if not cache:
            text = terraform(work, "providers", "schema", "-json")
            cache["schemas"] = json.loads(text)["provider_schemas"]["registry.terraform.io/hashicorp/aws"]["resource_schemas"]
            cache["forms"] = forms()
        state = fill(plan, cache["schemas"], cache["forms"])
    plan = planned(work, "\n".join(together[0].values()), state)
    for folder, after, _, own in folders:
        stack = {head for head in after if "aws_cloudformation_stack" in head}
        with open(os.path.join(folder, "plan.json"), "w") as file:
            json.dump(part(plan, own | stack), file, separators=(",", ":"))
            file.write("\n")
        print(folder, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", default="make_plan.work")
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    cache = {}
    for folders in rounds(options.folders):
        make(options.work, folders, cache)


if __name__ == "__main__":
    sys.exit(main())
