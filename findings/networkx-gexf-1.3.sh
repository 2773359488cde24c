#!/bin/sh
# NetworkX 3.6.1 reads GEXF 1.3 when its namespace is http://gexf.net/1.3, and refuses the same file with http://www.gexf.net/1.3, as which
# many programs publish it (rgexf's own example does); for 1.2 it is the other way round: the name has the www. Whoever writes for
# many readers writes 1.2draft. Seen: "No <graph> element in GEXF file."
# Needs python3 with venv and pip. Ends with 1 when NetworkX answers otherwise.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
"$folder/python/bin/python" - <<'PYTHON'
import io, sys
import networkx as nx

def read(space, version):
    document = f'''<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="{space}" version="{version}">
  <graph defaultedgetype="undirected">
    <nodes><node id="a" label="Ann"/><node id="b" label="Bob"/></nodes>
    <edges><edge id="0" source="a" target="b" weight="2"/></edges>
  </graph>
</gexf>'''
    try:
        graph = nx.read_gexf(io.BytesIO(document.encode()))
        return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edge"
    except nx.NetworkXError as error:
        return str(error)

whole, refused = "2 nodes, 1 edge", "No <graph> element in GEXF file."
expected = {
    ("http://www.gexf.net/1.2draft", "1.2"): whole,
    ("http://gexf.net/1.3", "1.3"): whole,
    ("http://www.gexf.net/1.3", "1.3"): refused,
    ("http://gexf.net/1.2draft", "1.2"): refused,
}
print(f"networkx {nx.__version__}")
found = {given: read(*given) for given in expected}
for (space, _), answer in found.items():
    print(f"{space}: {answer}")
sys.exit(0 if found == expected else 1)
PYTHON
