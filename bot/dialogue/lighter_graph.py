"""Lighter graph: the parts of a model, run in an order that is found out once (for lighter_rasa.py, which reads this).

Read by Rasa's own Python (3.10) and never imported by ours. Rasa looks for the order anew at each prediction, with a
library that could spread the parts over many machines. Here each runs when what it needs is there, as with that.
"""


def cut():
    """Make every cut that is about the graph of a model."""
    from rasa.engine.exceptions import GraphRunError
    from rasa.engine.runner.dask import DaskGraphRunner

    DaskGraphRunner.run = _running_in_order(DaskGraphRunner.run, GraphRunError)


def _running_in_order(usual, error):
    """Run the parts that lead to what is wanted, in an order that is kept."""

    def run(self, inputs=None, targets=None):
        wanted = tuple(targets or self._graph_schema.target_names)
        orders = self.__dict__.setdefault("_orders", {})
        if wanted not in orders:
            orders[wanted] = list(_order(self._graph_schema.nodes, wanted))
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        order = orders[wanted]
        has_all = all(need in done or need in self._instantiated_nodes for _, needs in order for need in needs)
        # Rasa itself says what is wrong with an input that is not there, or that is called as a part is.
        if not has_all or not done.keys().isdisjoint(self._instantiated_nodes) or not _are_parts(self, wanted):
            return usual(self, inputs, targets)
        try:
            for name, needs in order:
                done[name] = self._instantiated_nodes[name](*[done[need] for need in needs])
        except RuntimeError as fell:
            raise error("Error running runner.") from fell
        return dict(done[name] for name in wanted)

    return run


def _are_parts(runner, wanted):
    return all(name in runner._instantiated_nodes for name in wanted)


def _order(nodes, wanted, seen=None):
    """Yield each part that is needed, with what it needs, after all that it needs."""
    seen = set() if seen is None else seen
    for name in wanted:
        if name not in seen and name in nodes:
            seen.add(name)
            needs = tuple(nodes[name].needs.values())
            yield from _order(nodes, needs, seen)
            yield name, needs
