"use strict";

const viewer = document.getElementById("viewer");

SwaggerUIBundle({
  domNode: viewer,
  url: viewer.dataset.description,
  deepLinking: true,
  docExpansion: "list",
  // the viewer would otherwise ask an outside validator
  validatorUrl: null,
});
