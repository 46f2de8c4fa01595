package io.triggerquery.consumer.records.unused;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;

@TriggerQueryProjection(table = "thing")
public record Unused(@Id String thingId, @Version long version, String name) {}
