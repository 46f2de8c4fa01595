package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.letter.DeferredPage;
import io.triggerquery.consumer.internal.letter.Letter;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import io.triggerquery.consumer.internal.letter.LetterPage;
import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.letter.LetterRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.common.errors.InterruptException;

/** Lists, replays and discards the dead letters of a listener, and lists its deferred triggers. */
final class KafkaLetters implements LetterOperations {

    private static final Duration READ_LIMIT = Duration.ofSeconds(10);
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(30);
    private static final int PAGE = 20;
    private static final int MAX_PAGE = 200;

    private final LetterScan letters;
    private final LetterViews views;
    private final DeadLetterReplay.Sender sender;
    private final DeferredTriggers deferred;

    KafkaLetters(LetterScan letters, DeadLetterReplay.Sender sender, DeferredTriggers deferred) {
        this.letters = letters;
        this.views = new LetterViews(letters.triggers());
        this.sender = sender;
        this.deferred = deferred;
    }

    private LetterFilter filter(LetterRequest request) {
        return LetterFilter.of(request, letters.topics().names());
    }

    private LetterScan.Result read(LetterFilter filter, LetterScan.Visitor visitor) {
        try {
            return letters.run(filter, READ_LIMIT, visitor);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private LetterScan.Result change(LetterFilter filter, LetterScan.Visitor visitor) {
        try {
            letters.handled().require();
            return letters.run(filter, CHANGE_LIMIT, visitor);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    @Override
    public LetterPage list(LetterRequest request) {
        int limit = LetterFilter.limit(request, PAGE, MAX_PAGE);
        List<Letter> page = new ArrayList<>();
        LetterScan.Result result = read(
                filter(request), (letter, state) -> page.size() < limit && page.add(views.letter(letter, state, null)));
        checkReason(request, page.size(), result);
        return new LetterPage(page, result.scanned());
    }

    @Override
    public LetterReasons reasons(LetterRequest request) {
        var reasons = new ReasonCounts();
        LetterScan.Result result = read(filter(request), (letter, state) -> {
            reasons.add(views.reason(letter));
            return true;
        });
        return reasons.result(result.scanned());
    }

    @Override
    public Letter look(String position, boolean showStates) {
        LetterFilter filter = filter(LetterRequest.at(position));
        if (filter.letters() == null || filter.letters().count() != 1) {
            throw new IllegalArgumentException(OneLine.of(position) + " is not one position");
        }
        List<Letter> found = new ArrayList<>();
        LetterScan.Result result = read(
                filter,
                (letter, state) -> found.add(views.letter(letter, state, LetterContent.of(letter, showStates))));
        if (found.isEmpty()) {
            throw new NoSuchElementException(
                    result.scanned().ofOthers() > 0
                            ? "The record at " + filter.letters() + " is no dead letter of the group "
                                    + letters.topics().group() + "."
                            : "There is no dead letter at " + filter.letters() + ". Retention may have deleted it.");
        }
        return found.get(0);
    }

    @Override
    public LetterRun replay(LetterRequest request) {
        LetterFilter filter = filter(request);
        var batch = new ReplayBatch(letters.triggers(), sender);
        LetterScan.Result result = change(filter, new Replaying(batch, letters.handled()));
        checkReason(request, batch.sentLetters() + batch.withoutId() + batch.undecodable() + batch.truncated(), result);
        boolean all = batch.withoutId() + batch.undecodable() + batch.truncated() == 0;
        var notReplayed = all
                ? null
                : new LetterRun.NotReplayed(batch.withoutId(), batch.undecodable(), batch.truncated(), batch.failure());
        return new LetterRun(
                batch.sentLetters(), batch.sentTriggers(), notReplayed, result.notFound(), result.scanned());
    }

    @Override
    public LetterRun discard(LetterRequest request) {
        LetterFilter filter = filter(request);
        if (!request.selects()) {
            throw new IllegalArgumentException("name what is to be discarded: letters, reason, id, since or until");
        }
        var discarding = new Discarding(letters.handled());
        LetterScan.Result result = change(filter, discarding);
        checkReason(request, discarding.count(), result);
        return new LetterRun(discarding.count(), 0, null, result.notFound(), result.scanned());
    }

    /** Reports a reason that no letter has, which is probably misspelt. */
    private static void checkReason(LetterRequest request, long count, LetterScan.Result result) {
        if (request.reason() != null
                && request.cursor() == null
                && count == 0
                && result.scanned().complete()
                && !result.reasons().contains(request.reason())) {
            throw new NoSuchElementException("No such dead letter has the reason " + OneLine.of(request.reason()) + ". "
                    + (result.reasons().isEmpty()
                            ? "There is none."
                            : "The reasons are: " + String.join(", ", result.reasons())));
        }
    }

    @Override
    public DeferredPage deferred(LetterRequest request) {
        return deferred.list(request, LetterFilter.limit(request, PAGE, MAX_PAGE), READ_LIMIT);
    }
}
