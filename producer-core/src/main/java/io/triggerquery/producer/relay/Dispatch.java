package io.triggerquery.producer.relay;

import io.triggerquery.producer.sending.SendOutcome;
import io.triggerquery.producer.sending.Trigger;
import io.triggerquery.producer.sending.TriggerSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a batch trigger by trigger: one send for each id, because all of its entries were committed before the claim
 * and one look at the current state covers them.
 */
public final class Dispatch implements Delivery {

    private final TriggerSender sender;
    private final Duration patience;

    /**
     * Makes a dispatch.
     *
     * @param patience how long all answers of a batch may take; nobody holds the entries after their lease
     */
    public Dispatch(TriggerSender sender, Duration patience) {
        this.sender = sender;
        this.patience = patience;
    }

    @Override
    public Result deliver(String destination, List<Claimed> batch) {
        Map<String, List<Claimed>> byId = new LinkedHashMap<>();
        batch.forEach(entry -> byId.computeIfAbsent(entry.trigger().id(), id -> new ArrayList<>())
                .add(entry));
        Map<Trigger, CompletableFuture<SendOutcome>> answers = new LinkedHashMap<>();
        for (List<Claimed> entries : byId.values()) {
            Trigger trigger = merged(entries);
            CompletableFuture<SendOutcome> answer = sender.send(trigger);
            answers.put(trigger, answer);
            // without a broker every further send would hold this thread for max.block.ms
            if (saysStop(answer)) {
                break;
            }
        }
        await(answers);
        List<Sent> sent = new ArrayList<>();
        answers.forEach((trigger, answer) ->
                sent.add(new Sent(trigger, byId.getOrDefault(trigger.id(), List.of()), now(answer))));
        answers.keySet().forEach(trigger -> byId.remove(trigger.id()));
        return new Result(sent, byId.values().stream().flatMap(List::stream).toList());
    }

    private static Trigger merged(List<Claimed> entries) {
        Trigger merged = entries.get(0).trigger();
        for (Claimed entry : entries) {
            merged = merged.merge(entry.trigger().version());
        }
        return merged;
    }

    private static boolean saysStop(CompletableFuture<SendOutcome> answer) {
        return answer.isDone()
                && (now(answer) instanceof SendOutcome.Unreachable || now(answer) instanceof SendOutcome.Blocked);
    }

    private void await(Map<Trigger, CompletableFuture<SendOutcome>> answers) {
        try {
            CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
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
