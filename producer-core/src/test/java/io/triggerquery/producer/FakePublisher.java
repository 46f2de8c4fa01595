package io.triggerquery.producer;

import java.util.function.BiFunction;

/** A publisher whose receipt depends only on the destination and the id. */
public final class FakePublisher implements TriggerPublisher {

    private final BiFunction<String, String, Receipt> answer;

    public FakePublisher(BiFunction<String, String, Receipt> answer) {
        this.answer = answer;
    }

    @Override
    public Receipt tryPublish(String destination, String id) {
        return answer.apply(destination, id);
    }

    @Override
    public Receipt tryPublish(String destination, String id, long version) {
        return answer.apply(destination, id + "@" + version);
    }
}
