"""«Jeg er bekymret for en ung»: told by somebody who works with the young person, from a draft to an answer."""
