"""Without TensorFlow: stand-ins for it in Rasa's own Python (3.10), for pipelines in which nothing learns with it.

Rasa imports every component that it ships, and with them TensorFlow. A stand-in can be named, inherited from and noted
as a type; who uses it gets an error and not silence. The launcher lays this file into Rasa's room, where it stands in
for what was not installed (docs/adr/0032-a-room-without-tensorflow.md); lighter_rasa.py leaves out what was.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import types

# What Rasa imports for components that learn with TensorFlow. It imports them whether or not a pipeline has one.
LEARNS_WITH = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")
# Names that are called while a module is read: decorators, which leave what they adorn as it is.
_ADORNS = ("function", "register_keras_serializable")


class LeftOut(RuntimeError):
    """Tried to use TensorFlow, which was left out because no component of the pipeline learns with it."""


class _Absent(type):
    """The class of stand-ins: they can be named, inherited from and noted as types, and not used."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__name__}.{name}")

    def __call__(cls, *given, **named):
        if cls.__name__.rpartition(".")[2] not in _ADORNS:
            raise LeftOut(cls.__name__)
        return given[0] if given and callable(given[0]) else lambda adorned: adorned


def _stand_in(name):
    return _Absent(name, (), {"__module__": __name__})


class _Library(types.ModuleType):
    """A module in which every name is a stand-in."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the left out libraries, and every module of theirs."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in LEARNS_WITH:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return _Library(spec.name)

    def exec_module(self, module):
        pass


def leave_out():
    """Stand in for it though it may be there."""
    for threads in ("TF_INTRA_OP_PARALLELISM_THREADS", "TF_INTER_OP_PARALLELISM_THREADS"):
        os.environ.pop(threads, None)  # Rasa would hand them to what is not there
    sys.meta_path.insert(0, _Finder())


def where_it_is_missing():
    """Stand in for it where it was not installed."""
    if importlib.util.find_spec("tensorflow") is None:
        leave_out()
