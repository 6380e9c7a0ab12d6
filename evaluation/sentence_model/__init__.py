"""Teaching the sentence model: our own labelled examples in, low-rank additions to a sentence model out.

`examples/` holds what it is taught: invented texts, each with every category that it speaks of, and texts
that speak of none, deny it or only suppose it. `./noname teach` turns them into tokens (`tokens.py`, in our room),
teaches in Rasa's room, which has TensorFlow (`teach.py`), and writes `bot/sentence_model/learnt.safetensors`.
Nothing that measures the reading may stand among the examples.
"""
