"""What the owner decides about this journal and this computer."""
