package io.triggerquery.documentation.example.ids;

record Invoice(long number, String text) {}
