"""An area by itself: what goes well, what is usual there, and figures that give nothing away."""
