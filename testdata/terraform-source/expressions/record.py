#!/usr/bin/env python3
"""Asks `terraform console` for the value of every line of expressions.txt, and writes expressions.json.

Needs terraform on PATH and no network. Each value is recorded as the text that jsonencode gives for it (base64 takes it
unharmed through the console); what terraform refuses is recorded as an error. Run in this folder.
"""

import base64
import json
import pathlib
import subprocess

entries = []
for line in pathlib.Path("expressions.txt").read_text().splitlines():
    run = subprocess.run(["terraform", "console"], input=f"base64encode(jsonencode({line}))\n", capture_output=True,
                         text=True, timeout=60, check=False)
    output = run.stdout.strip()
    if run.returncode == 0 and output.startswith("\""):
        entries.append({"expression": line, "json": base64.b64decode(output.strip('"')).decode()})
    else:
        entries.append({"expression": line, "error": True})
pathlib.Path("expressions.json").write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n")
