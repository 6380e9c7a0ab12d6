"""`noname`: no-name consultations between schools and children's social care.

The rooms and who may enter which are drawn in ARCHITECTURE.md and enforced by the
import contracts in pyproject.toml.
"""
