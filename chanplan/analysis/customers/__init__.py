"""Who customers are and what they do: frames of a row per customer in, frames and values out."""
