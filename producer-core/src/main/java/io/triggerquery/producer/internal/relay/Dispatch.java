package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Sends a batch, with one send for each id: all entries of the id were committed before the claim, so one query of the
 * current state covers them.
 *
 * <p>If a trigger is refused, it and every other one that was not acknowledged is sent once more in a request of its
 * own: a broker refuses a whole request because of one record in it, and may answer differently for a single record.
 * Those for which no time is left count as untried.
 *
 * <p>Threads: any. Bounds: the timeout, for both sends together; the single sends start within 5 s, and the last of
 * them takes its own time.
 */
public final class Dispatch implements BatchDelivery {

    /** Single sends are slow, and other batches wait for them. */
    private static final Duration SINGLE_SENDS = Duration.ofSeconds(5);

    private final TriggerSender sender;
    private final Duration timeout;
    private final LongSupplier nanoTime;

    /**
     * Creates a dispatch.
     *
     * @param timeout how long all answers of a batch may take; shorter than the lease of its entries
     */
    public Dispatch(TriggerSender sender, Duration timeout) {
        this(sender, timeout, System::nanoTime);
    }

    /** Creates a dispatch that measures its timeout by this clock. */
    public Dispatch(TriggerSender sender, Duration timeout, LongSupplier nanoTime) {
        this.sender = sender;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    @Override
    public Result deliver(String destination, List<Claimed> batch) {
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        Map<String, List<Claimed>> byId = new LinkedHashMap<>();
        batch.forEach(entry -> byId.computeIfAbsent(entry.trigger().id(), id -> new ArrayList<>())
                .add(entry));
        Map<OutgoingTrigger, CompletableFuture<SendOutcome>> answers = new LinkedHashMap<>();
        for (List<Claimed> entries : byId.values()) {
            OutgoingTrigger trigger = merged(entries);
            CompletableFuture<SendOutcome> answer = sender.send(trigger);
            answers.put(trigger, answer);
            if (endsBatch(answer)) {
                break;
            }
        }
        await(answers.values(), deadline);
        if (answers.values().stream().anyMatch(answer -> outcome(answer) instanceof SendOutcome.Refused)) {
            sendAlone(answers, deadline);
        }
        List<Sent> sent = new ArrayList<>();
        answers.forEach((trigger, answer) ->
                sent.add(new Sent(trigger, byId.getOrDefault(trigger.id(), List.of()), outcome(answer))));
        answers.keySet().forEach(trigger -> byId.remove(trigger.id()));
        return new Result(sent, byId.values().stream().flatMap(List::stream).toList());
    }

    /** Removes triggers that were not sent alone: they may have been refused because of another one. */
    private void sendAlone(Map<OutgoingTrigger, CompletableFuture<SendOutcome>> answers, long deadline) {
        long until = Math.min(deadline - nanoTime.getAsLong(), SINGLE_SENDS.toNanos()) + nanoTime.getAsLong();
        boolean stop = false;
        Iterator<Map.Entry<OutgoingTrigger, CompletableFuture<SendOutcome>>> entries =
                answers.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<OutgoingTrigger, CompletableFuture<SendOutcome>> entry = entries.next();
            SendOutcome first = outcome(entry.getValue());
            if (first instanceof SendOutcome.Acknowledged || first instanceof SendOutcome.Blocked) {
                continue;
            }
            Duration left = Duration.ofNanos(until - nanoTime.getAsLong());
            Optional<CompletableFuture<SendOutcome>> alone =
                    stop || left.toNanos() <= 0 ? Optional.empty() : sender.sendAlone(entry.getKey(), left);
            if (alone.isEmpty()) {
                entries.remove();
                stop = true;
            } else {
                entry.setValue(alone.get());
                await(List.of(alone.get()), deadline);
                stop = outcome(alone.get()) instanceof SendOutcome.Unreachable;
            }
        }
    }

    private static OutgoingTrigger merged(List<Claimed> entries) {
        OutgoingTrigger merged = entries.get(0).trigger();
        for (Claimed entry : entries) {
            merged = merged.merge(entry.trigger().version());
        }
        return merged;
    }

    /**
     * Returns whether the batch ends here: without a broker every further send would block this thread for
     * max.block.ms.
     */
    private static boolean endsBatch(CompletableFuture<SendOutcome> answer) {
        if (!answer.isDone()) {
            return false;
        }
        SendOutcome outcome = outcome(answer);
        return outcome instanceof SendOutcome.Blocked
                || outcome instanceof SendOutcome.Unreachable away
                        && away.part().isEmpty();
    }

    private void await(Collection<CompletableFuture<SendOutcome>> answers, long deadline) {
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(deadline - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // each answer is evaluated by itself
        }
    }

    private static SendOutcome outcome(CompletableFuture<SendOutcome> answer) {
        try {
            return answer.getNow(new SendOutcome.Unreachable("no answer in time"));
        } catch (RuntimeException e) {
            return new SendOutcome.Unreachable(String.valueOf(e.getMessage()));
        }
    }
}
