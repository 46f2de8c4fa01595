package io.triggerquery.consumer.records.good;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.Version;

@TriggerQueryListener(topics = "things", source = ThingSource.class, parallelism = "${parallelism:3}")
@TriggerQueryProjection(table = "thing")
public record Thing(@Id String thingId, @Version long version, String name) {}
