package io.triggerquery.consumer.internal.kafka;

/**
 * Replays the letters that it visits. A letter is marked once the broker has acknowledged its triggers: a replay that
 * is cut off sends some of them again, and loses none.
 */
record Replaying(ReplayBatch batch, HandledLettersTopic handled) implements LetterScan.Visitor {

    @Override
    public boolean visit(DeadLetter letter, LetterState state) {
        batch.add(letter);
        return true;
    }

    @Override
    public void polled(TopicScan scan, HandledLettersTopic.Loaded loaded) throws InterruptedException {
        handled.add(LetterState.REPLAYED, batch.send(), loaded);
    }
}
