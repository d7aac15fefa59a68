"""How good the engines are: training of shipped weights and one table of figures. Not imported by the pipeline."""
