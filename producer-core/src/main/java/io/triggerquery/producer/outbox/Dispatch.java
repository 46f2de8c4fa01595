package io.triggerquery.producer.outbox;

import io.triggerquery.producer.sending.SendOutcome;
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
 * Sends claimed rows: one send for each id, because all of its rows were committed before the claim and one look at
 * the current state covers them.
 */
final class Dispatch {

    /**
     * What became of one id.
     *
     * @param rowIds all claimed rows of that id
     */
    record Sent(String id, List<Long> rowIds, SendOutcome outcome) {}

    /**
     * What became of a batch.
     *
     * @param unsent rows that were not tried, because an earlier one showed that it would be in vain
     */
    record Result(List<Sent> sent, List<Long> unsent) {

        <T extends SendOutcome> List<Sent> having(Class<T> outcome) {
            return sent.stream().filter(s -> outcome.isInstance(s.outcome())).toList();
        }
    }

    private final TriggerSender sender;
    private final Duration patience;

    /**
     * Makes a dispatch.
     *
     * @param patience how long all answers of a batch may take; nobody holds the rows after their lease
     */
    Dispatch(TriggerSender sender, Duration patience) {
        this.sender = sender;
        this.patience = patience;
    }

    Result send(String destination, List<OutboxRow> rows) {
        Map<String, List<Long>> rowsById = new LinkedHashMap<>();
        rows.forEach(row ->
                rowsById.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row.rowId()));
        Map<String, CompletableFuture<SendOutcome>> answers = new LinkedHashMap<>();
        for (String id : rowsById.keySet()) {
            CompletableFuture<SendOutcome> answer = sender.send(destination, id);
            answers.put(id, answer);
            // without a broker every further send would hold this thread for max.block.ms
            if (saysStop(answer)) {
                break;
            }
        }
        await(answers);
        List<Sent> sent = new ArrayList<>();
        answers.forEach((id, answer) -> sent.add(new Sent(id, rowsById.getOrDefault(id, List.of()), now(answer))));
        rowsById.keySet().removeAll(answers.keySet());
        return new Result(sent, rowsById.values().stream().flatMap(List::stream).toList());
    }

    private static boolean saysStop(CompletableFuture<SendOutcome> answer) {
        return answer.isDone()
                && (now(answer) instanceof SendOutcome.Unreachable || now(answer) instanceof SendOutcome.Blocked);
    }

    private void await(Map<String, CompletableFuture<SendOutcome>> answers) {
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
