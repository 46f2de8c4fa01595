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
 * Sends a batch: one send for each id, because all of its entries were committed before the claim and one query of the
 * current state covers them.
 *
 * <p>Once one is refused, it and whatever else did not arrive is sent once more, alone: a broker refuses a whole request for
 * one record in it, and may then say something else of each than it says of a single one. What finds no time for that is
 * untried.
 *
 * <p>Threads: any. Bounds: the patience, for both sends together; those alone take 5 s, and the last of them its time.
 */
public final class Dispatch implements BatchDelivery {

    /** Single sends are slow, and others wait for their turn. */
    private static final Duration ALONE = Duration.ofSeconds(5);

    private final TriggerSender sender;
    private final Duration patience;
    private final LongSupplier nanoTime;

    /**
     * Makes a dispatch.
     *
     * @param patience how long all answers of a batch may take; nobody holds the entries after their lease
     */
    public Dispatch(TriggerSender sender, Duration patience) {
        this(sender, patience, System::nanoTime);
    }

    /** Makes a dispatch that measures its patience by this clock. */
    public Dispatch(TriggerSender sender, Duration patience, LongSupplier nanoTime) {
        this.sender = sender;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    @Override
    public Result deliver(String destination, List<Claimed> batch) {
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        Map<String, List<Claimed>> byId = new LinkedHashMap<>();
        batch.forEach(entry -> byId.computeIfAbsent(entry.trigger().id(), id -> new ArrayList<>())
                .add(entry));
        Map<OutgoingTrigger, CompletableFuture<SendOutcome>> answers = new LinkedHashMap<>();
        for (List<Claimed> entries : byId.values()) {
            OutgoingTrigger trigger = merged(entries);
            CompletableFuture<SendOutcome> answer = sender.send(trigger);
            answers.put(trigger, answer);
            if (saysStop(answer)) {
                break;
            }
        }
        await(answers.values(), deadline);
        if (answers.values().stream().anyMatch(answer -> now(answer) instanceof SendOutcome.Refused)) {
            sendAlone(answers, deadline);
        }
        List<Sent> sent = new ArrayList<>();
        answers.forEach((trigger, answer) ->
                sent.add(new Sent(trigger, byId.getOrDefault(trigger.id(), List.of()), now(answer))));
        answers.keySet().forEach(trigger -> byId.remove(trigger.id()));
        return new Result(sent, byId.values().stream().flatMap(List::stream).toList());
    }

    /** Leaves out what was not tried alone: it may have been refused for another's sake. */
    private void sendAlone(Map<OutgoingTrigger, CompletableFuture<SendOutcome>> answers, long deadline) {
        long until = Math.min(deadline - nanoTime.getAsLong(), ALONE.toNanos()) + nanoTime.getAsLong();
        boolean stop = false;
        Iterator<Map.Entry<OutgoingTrigger, CompletableFuture<SendOutcome>>> each =
                answers.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<OutgoingTrigger, CompletableFuture<SendOutcome>> one = each.next();
            SendOutcome first = now(one.getValue());
            if (first instanceof SendOutcome.Acknowledged || first instanceof SendOutcome.Blocked) {
                continue;
            }
            Duration left = Duration.ofNanos(until - nanoTime.getAsLong());
            Optional<CompletableFuture<SendOutcome>> alone =
                    stop || left.toNanos() <= 0 ? Optional.empty() : sender.sendAlone(one.getKey(), left);
            if (alone.isEmpty()) {
                each.remove();
                stop = true;
            } else {
                one.setValue(alone.get());
                await(List.of(alone.get()), deadline);
                stop = now(alone.get()) instanceof SendOutcome.Unreachable;
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

    /** Without a broker every further send would hold this thread for max.block.ms. */
    private static boolean saysStop(CompletableFuture<SendOutcome> answer) {
        if (!answer.isDone()) {
            return false;
        }
        SendOutcome outcome = now(answer);
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
            // each answer is looked at by itself
        }
    }

    private static SendOutcome now(CompletableFuture<SendOutcome> answer) {
        try {
            return answer.getNow(new SendOutcome.Unreachable("no answer in time"));
        } catch (RuntimeException e) {
            return new SendOutcome.Unreachable(String.valueOf(e.getMessage()));
        }
    }
}
