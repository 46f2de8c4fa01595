package io.triggerquery.consumer.records.placeholder;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;

@TriggerQueryListener(topics = "placed", source = PlacedSource.class)
@TriggerQueryProjection(table = "${the.table}")
public record Placed(@Id String thingId, @Version long version, String name) {}
