package io.triggerquery.documentation.example.producer;

record Payment(String id, long version) {}
