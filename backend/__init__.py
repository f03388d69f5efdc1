"""The domain of Bình Yên: wards, people, alerts, tips, push. It does not know HTTP."""
