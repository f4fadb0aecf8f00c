"""The handover dossier: what a new administration needs to know of its place at a mesa."""
