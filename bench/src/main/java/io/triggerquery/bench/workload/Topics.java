package io.triggerquery.bench.workload;

import io.triggerquery.testbed.Broker;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of a site. */
final class Topics {

    private final Broker broker;
    private final Set<String> loaded = new HashSet<>();
    private int made;

    Topics(Broker broker) {
        this.broker = broker;
    }

    /** The topic of a load, which is filled when it is needed for the first time. */
    String of(TopicLoad load) {
        String topic = load.topic();
        if (loaded.add(topic)) {
            create(topic, load.partitions());
            try (Sender sender = Sender.ofMany(broker.address(), topic, load.ids())) {
                sender.sendAll(load.numbers(), load.triggers());
            }
        }
        return topic;
    }

    /** One that nobody has used. */
    String empty(int partitions) {
        String topic = "own-" + ++made;
        create(topic, partitions);
        return topic;
    }

    private void create(String topic, int partitions) {
        try (Admin admin = broker.admin()) {
            Replies.of(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all());
        }
    }
}
