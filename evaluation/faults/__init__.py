"""What is left of a whole house whose processes are killed again and again: talks judged by what was promised.

`judging` compares what people were told with what is kept, `report` writes the figures down. Both are plain: the house,
its people and the killer are in `tests/faults.py`.
"""
