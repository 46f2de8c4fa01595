package io.triggerquery.documentation.example.projections.ready;

record Line(String article, int count) {}
