package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.control.Clocks;
import io.triggerquery.consumer.internal.control.ControlSettings;
import io.triggerquery.consumer.internal.control.Fleet;
import io.triggerquery.consumer.internal.engine.Timer;
import java.util.HashMap;
import java.util.Map;

/** Creates the control topic of each group. */
public final class ControlTopics {

    private final boolean enabled;
    private final String instance;
    private final Audit audit;
    private final Map<Group, ControlTopic> topics = new HashMap<>();

    private record Group(Cluster cluster, String name) {}

    /**
     * Creates an instance without topics.
     *
     * @param enabled whether the topics are used
     * @param instance the name of this instance, which no other has
     * @param audit receives the commands that this instance executes for others
     */
    public ControlTopics(boolean enabled, String instance, Audit audit) {
        this.enabled = enabled;
        this.instance = instance;
        this.audit = audit;
    }

    ControlTopic of(Cluster cluster, String group, Timer timer) {
        Clocks clocks = Clocks.system(timer::schedule);
        return topics.computeIfAbsent(
                new Group(cluster, group),
                any -> new ControlTopic(
                        group,
                        cluster,
                        enabled,
                        topic -> new Fleet(instance, topic, ControlSettings.DEFAULT, clocks, audit)));
    }
}
