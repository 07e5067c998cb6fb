"""The doors through which votes leave for other people's pages: pictures, frames, oEmbed."""
