"""Names of the files in a document's output folder, its tables aside."""

MANIFEST_FILE = "manifest.json"
PACKAGE_FILE = "datapackage.json"
FINDINGS_FILE = "temuan.csv"
LEFTOVERS_FILE = "sisa.csv"
RECORD_FILE = "rekaman.json"
REVIEW_FILE = "periksa.html"
CORRECTIONS_FILE = "koreksi.json"
