"""One module per step, named in ``upgrade.STEPS``, each frozen once it was released."""
