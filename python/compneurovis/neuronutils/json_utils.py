"""Older home of the section files."""

from ..backends.neuron.utils import export_section_json, import_section_json
