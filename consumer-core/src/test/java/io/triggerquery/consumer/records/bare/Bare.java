package io.triggerquery.consumer.records.bare;

import io.triggerquery.consumer.TriggerQueryListener;

@TriggerQueryListener(topics = "things")
record Bare(String id) {}
