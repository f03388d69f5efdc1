"""One module for each feature; its `blueprint` is registered by mobile_api.app."""
