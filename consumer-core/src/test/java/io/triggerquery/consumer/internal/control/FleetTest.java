package io.triggerquery.consumer.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.control.SharedLog.InstanceOfTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Instances that share a control topic in memory, in virtual time. */
class FleetTest {

    private static final PauseRequest PAUSE = new PauseRequest("ann", "the table is locked", null, null);

    private final SharedLog log = new SharedLog();

    private static List<String> alive(InstanceOfTest instance) {
        return instance.fleet.report("bills").instances().stream()
                .filter(known -> !known.gone())
                .map(FleetReport.Instance::instance)
                .toList();
    }

    @Test
    void eachInstanceKnowsStatusOfAll() {
        var a = log.start("a");
        var b = log.start("b");
        b.bills.partitions = 2;
        log.pass(Duration.ofSeconds(10));
        FleetReport report = a.fleet.report("bills");
        assertThat(report.from()).isEqualTo(new FleetReport.From("a", "g-triggerquery-control", null));
        assertThat(report.instances())
                .extracting(FleetReport.Instance::instance)
                .containsExactly("a", "b");
        assertThat(report.instances().get(1).status().partitions()).hasSize(2);
        assertThat(report.instances().get(1).age()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(alive(b)).containsExactly("b", "a");
    }

    @Test
    void agesUseBrokerClockDespiteDifferentInstanceClocks() throws Exception {
        var early = log.start("early", Duration.ofHours(-1));
        var late = log.start("late", Duration.ofHours(1));
        log.pass(Duration.ofSeconds(30));
        assertThat(alive(early)).containsExactly("early", "late");
        assertThat(alive(late)).containsExactly("late", "early");

        early.fleet.pause("bills", null, new PauseRequest("ann", null, null, Duration.ofMinutes(10)));
        assertThat(early.fleet.report("bills").pause().until()).isEqualTo(log.brokerTime.plus(Duration.ofMinutes(10)));
        log.pass(Duration.ofMinutes(9));
        assertThat(late.bills.paused).isTrue();
        log.pass(Duration.ofMinutes(2));
        assertThat(List.of(late.bills.paused, early.bills.paused)).containsExactly(false, false);
    }

    @Test
    void killedInstanceIsGoneAfterThreeIntervalsAndForgottenLater() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        log.kill(b);
        log.pass(Duration.ofSeconds(16));
        assertThat(alive(a)).containsExactly("a");
        assertThat(a.fleet.report("bills").instances()).hasSize(2);
        log.pass(Duration.ofMinutes(11));
        assertThat(a.fleet.report("bills").instances()).hasSize(1);
        assertThat(log.compacted()).containsOnlyKeys("status:a:bills");
    }

    @Test
    void leavingInstanceIsForgottenImmediately() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        b.fleet.leave();
        log.kill(b);
        assertThat(a.fleet.report("bills").instances()).hasSize(1);
    }

    @Test
    void pauseAppliesToGroupAndLaterInstances() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        assertThat(a.fleet.pause("bills", null, PAUSE)).isNull();
        assertThat(List.of(a.bills.paused, b.bills.paused)).containsExactly(true, true);
        log.kill(a);
        log.kill(b);
        var c = log.start("c");
        assertThat(c.bills.paused).isTrue();
        assertThat(c.fleet.report("bills").pause())
                .isEqualTo(new ControlValue.Pause("the table is locked", "ann", log.brokerTime, null));
        assertThat(c.fleet.resume("bills", null)).isNull();
        assertThat(c.bills.paused).isFalse();
        assertThat(log.compacted()).doesNotContainKey("pause:bills");
    }

    @Test
    void pauseThatEndedWhileAllWereDownIsIgnored() throws Exception {
        var a = log.start("a");
        a.fleet.pause("bills", null, new PauseRequest("ann", null, null, Duration.ofHours(1)));
        log.kill(a);
        log.pass(Duration.ofHours(2));
        var b = log.start("b", Duration.ofHours(-5));
        log.pass(Duration.ofSeconds(1));
        assertThat(b.bills.paused).isFalse();
    }

    @Test
    void pauseWithoutTopicAppliesToThisInstanceOnly() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        a.unavailable = "this service has no right to WRITE the control topic";
        assertThat(a.fleet.pause("bills", null, PAUSE)).isEqualTo(a.unavailable);
        assertThat(a.bills.paused).isTrue();
        assertThat(b.bills.paused).isFalse();
        assertThat(a.fleet.report("bills").from().alone()).isEqualTo(a.unavailable);
        assertThat(a.fleet.command(Operation.RETRY, "bills", "p-1", "ann").problem())
                .isEqualTo(a.unavailable);
        assertThat(a.fleet.resume("bills", null)).isEqualTo(a.unavailable);
        assertThat(a.bills.paused).isFalse();
        log.kill(a); // so that only its timer ends the pause
        a.fleet.pause("bills", null, new PauseRequest("ann", null, null, Duration.ofMinutes(1)));
        log.pass(Duration.ofSeconds(59));
        assertThat(a.bills.paused).isTrue();
        log.pass(Duration.ofSeconds(2));
        assertThat(a.bills.paused).isFalse();
    }

    @Test
    void pauseIsReportedAsLocalIfBrokerDoesNotAnswer() throws Exception {
        var a = log.start("a");
        a.cutOff = true;
        assertThat(a.fleet.pause("bills", null, PAUSE))
                .isEqualTo("the control topic g-triggerquery-control cannot be written:"
                        + " java.lang.IllegalStateException: the broker does not answer");
        assertThat(a.bills.paused).isTrue();
    }

    @Test
    void instanceWithTheIdExecutesCommand() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        var c = log.start("c");
        c.bills.waiting.add("p-1");
        CommandResult result = a.fleet.command(Operation.RETRY, "bills", "p-1", "ann");
        assertThat(result.executed()).containsOnlyKeys("c").containsValue("retry p-1");
        assertThat(c.bills.executed).containsExactly("retry p-1");
        assertThat(b.bills.executed).isEmpty();
        assertThat(c.audit.of("bills"))
                .extracting(Audit.Entry::user, Audit.Entry::parameters)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("ann", java.util.Map.of("from", "a", "id", "p-1")));
        assertThat(log.compacted()).containsOnlyKeys("status:a:bills", "status:b:bills", "status:c:bills");
    }

    @Test
    void instanceWithTheIdReportsItWithoutAudit() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        var c = log.start("c");
        c.bills.waiting.add("p-1");
        CommandResult result = a.fleet.command(Operation.STORY, "bills", "p-1", "ann");
        assertThat(result.answers().get("c").executed()).isTrue();
        assertThat(result.answers().get("c").story()).isEqualTo(Map.of("id", "p-1"));
        CommandResult nowhere = a.fleet.command(Operation.STORY, "bills", "p-2", "ann");
        assertThat(nowhere.answers().keySet()).containsExactly("b", "c");
        assertThat(List.of(b.audit.of("bills"), c.audit.of("bills"))).containsExactly(List.of(), List.of());
        assertThat(log.compacted()).containsOnlyKeys("status:a:bills", "status:b:bills", "status:c:bills");
    }

    @Test
    void tooLargeReportIsNotSent() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        b.bills.story = "ü".repeat(40_000);
        CommandResult result = a.fleet.command(Operation.STORY, "bills", "p-1", "ann");
        assertThat(result.answers()).containsExactly(Map.entry("b", new ControlValue.Answer(false, "story")));
    }

    @Test
    void lookupsDoNotEvictExecutedCommands() {
        var b = log.start("b");
        var key = new ControlKey.Command("0d9f");
        var command = new ControlValue.Command("bills", "forget", "p-1", "ann", "a");
        log.append(key, command);
        for (int i = 0; i < 1_100; i++) {
            log.append(
                    new ControlKey.Command("look-" + i), new ControlValue.Command("bills", "story", "p-1", "ann", "a"));
            b.read();
        }
        log.append(key, command);
        b.read();
        assertThat(b.bills.executed).containsExactly("forget p-1");
    }

    @Test
    void commandForAllIsExecutedByAllOthers() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        var c = log.start("c");
        assertThat(a.fleet.command(Operation.FORGET, "bills", "p-1", "ann").executed())
                .containsOnlyKeys("b", "c");
        assertThat(List.of(b.bills.executed, c.bills.executed))
                .containsExactly(List.of("forget p-1"), List.of("forget p-1"));
        assertThat(a.bills.executed).isEmpty();
    }

    @Test
    void commandForUnknownIdIsRefusedByAll() throws Exception {
        var a = log.start("a");
        log.start("b");
        CommandResult result = a.fleet.command(Operation.RETRY, "bills", "p-1", "ann");
        assertThat(result.executed()).isEmpty();
        assertThat(result.refused()).containsOnlyKeys("b");
        assertThat(result.silent()).isEmpty();
    }

    @Test
    void deadOwnerIsReportedSilentAndNeverExecutesCommand() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        b.bills.waiting.add("p-1");
        b.cutOff = true; // hangs before it reads the command
        CommandResult result = a.fleet.command(Operation.RETRY, "bills", "p-1", "ann");
        assertThat(result.executed()).isEmpty();
        assertThat(result.silent()).containsExactly("b");

        log.pass(Duration.ofSeconds(11));
        b.cutOff = false;
        log.pass(Duration.ofSeconds(5));
        assertThat(b.bills.executed).isEmpty();
    }

    @Test
    void commandIsExecutedOnceDespiteDuplicatesAndRereads() {
        var b = log.start("b");
        b.bills.waiting.addAll(List.of("p-1"));
        var key = new ControlKey.Command("0d9f");
        var command = new ControlValue.Command("bills", "retry", "p-1", "ann", "a");
        log.append(key, command);
        b.read();
        b.bills.waiting.add("p-1");
        log.append(key, command);
        b.read();
        log.deleteAll();
        log.append(key, null);
        b.read();
        b.fleet.readToEnd();
        log.append(key, command);
        b.read();
        assertThat(b.bills.executed).containsExactly("retry p-1");
    }

    @Test
    void commandsFromBeforeStartAreNotExecuted() {
        log.append(new ControlKey.Command("0d9f"), new ControlValue.Command("bills", "forget", "p-1", "ann", "a"));
        var b = log.start("b");
        assertThat(b.bills.executed).isEmpty();
    }

    @Test
    void operationOfNewerVersionIsAnsweredAndNotExecuted() throws Exception {
        var b = log.start("b");
        log.append(new ControlKey.Command("0d9f"), new ControlValue.Command("bills", "explode", null, "ann", "a"));
        b.read();
        assertThat(log.compacted().get("answer:0d9f:b"))
                .isEqualTo(new ControlValue.Answer(false, "This version has no operation explode."));
    }

    @Test
    void commandsOfDeadSenderAreDeletedByAnotherInstance() throws Exception {
        var b = log.start("b");
        log.append(new ControlKey.Command("0d9f"), new ControlValue.Command("bills", "forget", "p-1", "ann", "a"));
        b.read();
        assertThat(log.compacted()).containsKeys("command:0d9f", "answer:0d9f:b");
        log.pass(Duration.ofMinutes(11));
        assertThat(log.compacted()).containsOnlyKeys("status:b:bills");
    }

    @Test
    void pausesSurviveTopicDeletionWhileAnInstanceRuns() throws Exception {
        var a = log.start("a");
        a.fleet.pause("bills", null, PAUSE);
        log.deleteAll();
        log.pass(Duration.ofSeconds(6));
        a.fleet.readToEnd();
        a.read();
        assertThat(a.bills.paused).isTrue();
        log.kill(a);
        assertThat(log.start("b").bills.paused).isTrue();
    }

    @Test
    void resumeAfterTopicDeletionIsNotUndone() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        a.fleet.pause("bills", null, PAUSE);
        log.deleteAll();
        log.append(new ControlKey.ListenerPause("bills"), null);
        log.pass(Duration.ofSeconds(6));
        a.fleet.readToEnd();
        b.fleet.readToEnd();
        log.pass(Duration.ofSeconds(6));
        assertThat(List.of(a.bills.paused, b.bills.paused)).containsExactly(false, false);
        assertThat(log.compacted()).doesNotContainKey("pause:bills");
    }

    @Test
    void pauseIsConfirmedWhenReadEvenFromRecreatedTopic() throws Exception {
        var a = log.start("a");
        a.fleet.pause("bills", null, PAUSE);
        a.fleet.resume("bills", null);
        log.deleteAll();
        a.readsNothing = true; // has not noticed yet, and knows higher offsets than those of the new topic
        String notYet = "it is written, but this instance has not read it back yet";
        assertThat(a.fleet.pause("bills", null, PAUSE)).isEqualTo(notYet);
        assertThat(a.bills.paused).isFalse();
        a.readsNothing = false;
        assertThat(a.fleet.resume("bills", null))
                .as("read, but older records may follow")
                .isEqualTo(notYet);
        a.fleet.readToEnd();
        assertThat(a.fleet.pause("bills", null, PAUSE)).isNull();
        assertThat(a.bills.paused).isTrue();
    }

    @Test
    void idIsPausedInAllInstancesUntilItsEnd() throws Exception {
        var a = log.start("a");
        var b = log.start("b");
        log.append(
                new ControlKey.IdPause("bills", "p:1/ü"),
                new ControlValue.Pause("bad", "ann", log.brokerTime, log.brokerTime.plusSeconds(600)));
        log.pass(Duration.ofSeconds(1));
        assertThat(a.bills.pausedIds.keySet()).containsExactly("p:1/ü");
        assertThat(b.bills.pausedIds.get("p:1/ü")).isBetween(Duration.ofSeconds(590), Duration.ofSeconds(600));
        assertThat(a.fleet.report("bills").pausedIds()).containsOnlyKeys("p:1/ü");
        log.pass(Duration.ofMinutes(10));
        assertThat(a.bills.pausedIds).isEmpty();
        assertThat(a.fleet.report("bills").pausedIds()).isEmpty();
    }

    @Test
    void stateIsBounded() throws Exception {
        var a = log.start("a");
        Instant until = log.brokerTime.plusSeconds(600);
        for (int i = 0; i < ControlState.MAX_ID_PAUSES + 100; i++) {
            log.append(new ControlKey.IdPause("bills", "p-" + i), new ControlValue.Pause("", "x", until, until));
            log.append(new ControlKey.ListenerPause("l-" + i), new ControlValue.Pause("", "x", until, until));
            log.append(new ControlKey.Command("c-" + i), new ControlValue.Command("x", "retry", "", "x", "x"));
        }
        for (int i = 0; i < ControlState.MAX_STATUSES + 100; i++) {
            log.append(new ControlKey.Status("i-" + i, "bills"), a.bills.status());
        }
        a.read();
        FleetReport report = a.fleet.report("bills");
        assertThat(report.pausedIds()).hasSize(100);
        assertThat(report.morePausedIds()).isEqualTo(ControlState.MAX_ID_PAUSES - 100);
        assertThat(report.instances()).hasSize(ControlState.MAX_STATUSES);
        a.bills.partitions = 1000;
        ControlValue.Status mine = a.fleet.report("bills").instances().get(0).status();
        assertThat(mine.partitions()).hasSize(200);
        assertThat(mine.morePartitions()).isEqualTo(800);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void foreignAndNewerRecordsAreIgnoredWithOneLogLine(CapturedOutput output) {
        var a = log.start("a");
        byte[] pause = "pause:bills".getBytes(StandardCharsets.UTF_8);
        log.append((byte[]) null, null);
        log.append(new byte[] {1, 2, -3}, new byte[] {4});
        log.append("pause:a:b:c".getBytes(StandardCharsets.UTF_8), null);
        log.append("pause:%zz".getBytes(StandardCharsets.UTF_8), null);
        for (String value : List.of(
                "",
                "no json",
                "7",
                "[]",
                "{}",
                "{\"format\":\"1\"}",
                "{\"format\":2,\"by\":\"x\",\"since\":\"2026-11-30T03:00:00Z\"}",
                "{\"format\":1}",
                "{\"format\":1,\"by\":\"x\",\"since\":\"yesterday\"}",
                "{\"format\":1,\"by\":\"" + "x".repeat(70_000) + "\",\"since\":\"2026-11-30T03:00:00Z\"}")) {
            log.append(pause, value.getBytes(StandardCharsets.UTF_8));
        }
        a.read();
        assertThat(a.bills.paused).isFalse();
        assertThat(output.toString().split("of the control topic g-triggerquery-control is ignored", -1))
                .hasSize(2);

        log.append(
                pause,
                "{\"format\":1,\"by\":\"x\\ny\",\"since\":\"2026-11-30T03:00:00Z\",\"new\":1}"
                        .getBytes(StandardCharsets.UTF_8));
        a.read();
        assertThat(a.bills.paused).isTrue();
        assertThat(a.fleet.report("bills").pause().by()).isEqualTo("x y");
    }

    @Test
    void statusOfOlderAndNewerVersionsIsRead() {
        var a = log.start("a");
        byte[] key = "status:b:bills".getBytes(StandardCharsets.UTF_8);
        String older =
                "{\"format\":1,\"reading\":true,\"paused\":false,\"pending\":3,\"ready\":0,\"running\":0,\"waiting\":2,"
                        + "\"held\":false,\"partitions\":[],\"morePartitions\":0";
        log.append(key, (older + "}").getBytes(StandardCharsets.UTF_8));
        a.read();
        ControlValue.Status read = a.fleet.report("bills").instances().get(1).status();
        assertThat(read.staleness()).isEmpty();
        assertThat(read.workLeft()).isNull();
        assertThat(read.violations()).isNull();

        log.append(
                key,
                (older + ",\"staleness\":{\"19\":7,\"1024\":1},\"workLeft\":1.5,\"violations\":2,\"new\":{\"x\":[1]}}")
                        .getBytes(StandardCharsets.UTF_8));
        a.read();
        read = a.fleet.report("bills").instances().get(1).status();
        assertThat(read.staleness()).isEqualTo(Map.of(19L, 7L, 1_024L, 1L));
        assertThat(read.workLeft()).isEqualTo(1.5);
        assertThat(read.violations()).isEqualTo(2);
    }

    @Test
    void brokerClockSetBackIsFollowed() {
        var a = log.start("a");
        log.start("b");
        log.brokerTime = log.brokerTime.minus(Duration.ofHours(1));
        log.pass(Duration.ofSeconds(11));
        assertThat(alive(a)).containsExactly("a", "b");
    }

    @Test
    void endedPauseIsDeletedADayLater() throws Exception {
        var a = log.start("a");
        a.fleet.pause("bills", null, new PauseRequest("ann", null, null, Duration.ofMinutes(1)));
        log.leap(Duration.ofHours(23));
        assertThat(log.compacted()).containsKey("pause:bills");
        log.leap(Duration.ofHours(2));
        assertThat(log.compacted()).containsOnlyKeys("status:a:bills");
    }

    @Test
    void commandForAllWaitsForAllAnswers() {
        for (Operation operation : Operation.values()) {
            var sent = new SentCommand("bills", operation);
            sent.answered("b", new ControlValue.Answer(true, "done"));
            sent.update(List.of("b", "c"));
            assertThat(sent.isDecided()).as(operation.text()).isEqualTo(!operation.isForAll());
            sent.update(List.of("b")); // the other instance has left
            assertThat(sent.isDecided()).as(operation.text()).isTrue();
        }
    }
}
