"""The domain of Bình Yên: wards, people, alerts, tips, push. It knows nothing of HTTP."""
