package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.letter.DeferredPage;
import io.triggerquery.consumer.internal.letter.Letter;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import io.triggerquery.consumer.internal.letter.LetterPage;
import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.letter.LetterRun;
import io.triggerquery.consumer.internal.letter.Scanned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Fake dead letters that record requests. */
final class FakeLetters implements LetterOperations {

    final List<String> asked = new ArrayList<>();

    private static final Scanned ALL = new Scanned(0, 0, 0, 0, null);

    @Override
    public LetterPage list(LetterRequest request) {
        asked.add("list " + request);
        return new LetterPage(List.of(), ALL);
    }

    @Override
    public LetterReasons reasons(LetterRequest request) {
        asked.add("reasons " + request);
        return new LetterReasons(List.of(), 0, ALL);
    }

    @Override
    public Letter look(String position, boolean showStates) {
        asked.add("look " + position + " " + showStates);
        return new Letter(position, "open", Instant.EPOCH, "reason", "cause", List.of(), null, false, null, null);
    }

    @Override
    public LetterRun replay(LetterRequest request) {
        asked.add("replay " + request);
        return new LetterRun(3, 3, null, 0, ALL);
    }

    @Override
    public LetterRun discard(LetterRequest request) {
        asked.add("discard " + request);
        return new LetterRun(3, 0, null, 0, ALL);
    }

    @Override
    public DeferredPage deferred(LetterRequest request) {
        asked.add("deferred " + request);
        return new DeferredPage(List.of(), ALL);
    }
}
