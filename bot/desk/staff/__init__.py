"""Staff: colleagues of a DSL who write from a chat outside, what they pass on, and whom a chat stands for.

Chats are known by a keyed hash alone. Where messages go is sealed apart from what is said, by a key that is
deleted when the link ends.
"""
