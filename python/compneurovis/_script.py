"""Runs a script so that a window outlives its mistakes (see _again):

python -m compneurovis._script script.py [arguments]        as `python script.py [arguments]`
python -m compneurovis._script -m module [arguments]        as `python -m module [arguments]`
"""

from ._again import main

main()
