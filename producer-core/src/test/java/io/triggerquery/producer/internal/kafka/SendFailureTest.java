package io.triggerquery.producer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.kafka.SendFailure.Remedy;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every exception of the Kafka client is classified. A new exception of an upgrade is in no list, so the test fails until
 * it is added to one. Names are listed without the suffix "Exception" and without {@code common.errors}.
 */
class SendFailureTest {

    /** An operator has to change a right, a limit or a policy of the destination. */
    private static final String OPERATOR = """
            Authentication Authorization ClusterAuthorization DelegationTokenAuthorization GroupAuthorization
            IllegalSaslState InvalidRequiredAcks InvalidTopic PolicyViolation SaslAuthentication
            SecurityDisabled SslAuthentication TopicAuthorization TransactionalIdAuthorization
            UnsupportedCompressionType UnsupportedForMessageFormat UnsupportedSaslMechanism
            UnsupportedVersion common.network.DelayedResponseAuthentication
            common.requests.FindCoordinatorRequest$NoBatchedFindCoordinators
            common.requests.OffsetFetchRequest$NoBatchedOffsetFetchRequest
            """;

    /** The record or its batch exceeds a limit of the topic, which an operator can raise. */
    private static final String ALONE = """
            RecordBatchTooLarge RecordTooLarge
            """;

    /**
     * The broker or the client considers the record itself invalid. The exceptions of the share consumer and of the
     * deserializer do not occur in sends.
     */
    private static final String ALONE_OR_NONE = """
            RecordDeserialization Serialization clients.consumer.internals.ShareFetch
            clients.consumer.internals.ShareInFlightBatch common.InvalidRecord
            """;

    /** A temporary problem of the broker, its cluster or a clock, or an exception that does not occur in sends. */
    private static final String TIME = """
            Api ApplicationRecoverable AuthorizerNotReady BrokerIdNotRegistered BrokerNotAvailable
            ConcurrentTransactions ControllerMoved CoordinatorLoadInProgress CoordinatorNotAvailable
            CorruptRecord DelegationTokenDisabled DelegationTokenExpired DelegationTokenNotFound
            DelegationTokenOwnerMismatch Disconnect DuplicateBrokerRegistration DuplicateResource
            DuplicateSequence DuplicateVoter ElectionNotNeeded EligibleLeadersNotAvailable
            FeatureUpdateFailed FencedInstanceId FencedLeaderEpoch FencedMemberEpoch FencedStateEpoch
            FetchSessionIdNotFound FetchSessionTopicId GroupIdNotFound GroupMaxSizeReached GroupNotEmpty
            GroupSubscribedToTopic IllegalGeneration InconsistentClusterId InconsistentGroupProtocol
            InconsistentTopicId InconsistentVoterSet IneligibleReplica Interrupt InvalidCommitOffsetSize
            InvalidConfiguration InvalidFetchSessionEpoch InvalidFetchSize InvalidGroupId InvalidMetadata
            InvalidOffset InvalidPartitions InvalidPidMapping InvalidPrincipalType InvalidProducerEpoch
            InvalidRecordState InvalidRegistration InvalidRegularExpression InvalidReplicaAssignment
            InvalidReplicationFactor InvalidRequest InvalidSessionTimeout InvalidShareSessionEpoch
            InvalidTimestamp InvalidTxnState InvalidTxnTimeout InvalidUpdateVersion InvalidVoterKey
            KafkaStorage LeaderNotAvailable ListenerNotFound LogDirNotFound MemberIdRequired
            MismatchedEndpointType Network NewLeaderElected NoReassignmentInProgress NotController
            NotCoordinator NotEnoughReplicasAfterAppend NotEnoughReplicas NotLeaderOrFollower OffsetMetadataTooLarge
            OffsetMovedToTieredStorage OffsetNotAvailable OffsetOutOfRange OperationNotAttempted
            OutOfOrderSequence PositionOutOfRange PreferredLeaderNotAvailable PrincipalDeserialization
            ProducerFenced ReassignmentInProgress RebalanceInProgress RebootstrapRequired RefreshRetriable
            ReplicaNotAvailable ResourceNotFound Retriable ShareSessionLimitReached ShareSessionNotFound
            SnapshotNotFound StaleBrokerEpoch StaleMemberEpoch StreamsInvalidTopologyEpoch
            StreamsInvalidTopology StreamsTopologyFenced TelemetryTooLarge ThrottlingQuotaExceeded Timeout
            TopicDeletionDisabled TopicExists TransactionAbortable TransactionAborted
            TransactionCoordinatorFenced TransactionalIdNotFound UnacceptableCredential UnknownControllerId
            UnknownLeaderEpoch UnknownMemberId UnknownProducerId UnknownServer UnknownSubscriptionId
            UnknownTopicId UnknownTopicOrPartition UnreleasedInstanceId UnstableOffsetCommit
            UnsupportedAssignor UnsupportedByAuthentication UnsupportedEndpointType VoterNotFound Wakeup
            clients.StaleMetadata clients.consumer.CommitFailed clients.consumer.InvalidOffset
            clients.consumer.LogTruncation clients.consumer.NoOffsetForPartition
            clients.consumer.OffsetOutOfRange clients.consumer.RetriableCommitFailed
            clients.consumer.internals.AbstractCoordinator$UnjoinedGroup
            clients.consumer.internals.NoAvailableBrokers clients.producer.BufferExhausted common.Kafka
            common.config.Config common.metrics.QuotaViolation common.network.InvalidReceive
            common.protocol.types.Schema common.security.oauthbearer.JwtRetriever
            common.security.oauthbearer.JwtValidator
            common.security.oauthbearer.internals.secured.Unretryable
            common.security.oauthbearer.internals.unsecured.OAuthBearerConfig
            common.security.oauthbearer.internals.unsecured.OAuthBearerIllegalToken
            """;

    @Test
    void everyClientExceptionIsClassified() throws IOException, URISyntaxException {
        Map<String, Remedy> classified = new TreeMap<>();
        Map.of(Remedy.OPERATOR, OPERATOR, Remedy.ALONE, ALONE, Remedy.ALONE_OR_NONE, ALONE_OR_NONE, Remedy.TIME, TIME)
                .forEach((remedy, names) -> Arrays.stream(names.trim().split("\\s+"))
                        .forEach(name -> assertThat(classified.put(name, remedy))
                                .as(name)
                                .isNull()));

        assertThat(found()).isEqualTo(classified);
    }

    @ParameterizedTest
    @EnumSource
    void everyProtocolErrorHasAnOutcome(Errors error) {
        if (error != Errors.NONE) {
            Class<?> outcome = switch (SendFailure.remedy(error.exception().getClass())) {
                case TIME -> SendOutcome.Unreachable.class;
                case OPERATOR -> SendOutcome.Blocked.class;
                case ALONE, ALONE_OR_NONE -> SendOutcome.Refused.class;
            };
            assertThat(SendFailure.outcome(new CompletionException(error.exception("for the test")), ""))
                    .isInstanceOf(outcome)
                    .asString()
                    .contains("for the test");
        }
    }

    @Test
    void onlyInvalidRecordIsRefusedPermanently() {
        assertThat(SendFailure.outcome(new InvalidRecordException("bad"), "partition 1"))
                .isEqualTo(new SendOutcome.Refused("InvalidRecordException: bad", true));
        assertThat(SendFailure.outcome(new RecordTooLargeException("large"), "partition 1"))
                .isEqualTo(new SendOutcome.Refused("RecordTooLargeException: large", false));
    }

    @Test
    void validRecordOfABatchWithInvalidOnesIsSentAlone() {
        KafkaException withInvalidRecords = new KafkaException(
                "Failed to append record because it was part of a batch which had one more more invalid records");

        assertThat(SendFailure.outcome(withInvalidRecords, "partition 1"))
                .isInstanceOfSatisfying(
                        SendOutcome.Refused.class,
                        refused -> assertThat(refused.permanent()).isFalse());
        assertThat(SendFailure.mayBreakProducer(withInvalidRecords)).isFalse();
    }

    @Test
    void failureNamesThePartitionExceptForAFullBuffer() {
        assertThat(SendFailure.outcome(new TimeoutException("expired"), "partition 1"))
                .isEqualTo(new SendOutcome.Unreachable("TimeoutException: expired", "partition 1"));
        assertThat(SendFailure.outcome(new BufferExhaustedException("full"), "partition 1"))
                .isEqualTo(new SendOutcome.Unreachable("BufferExhaustedException: full", ""));
    }

    @Test
    void producerIsReplacedOnlyForItsOwnFailures() {
        assertThat(SendFailure.mayBreakProducer(new ProducerFencedException("fenced")))
                .isTrue();
        assertThat(SendFailure.mayBreakProducer(new KafkaException("unknown"))).isTrue();
        assertThat(SendFailure.mayBreakProducer(new TopicAuthorizationException("denied")))
                .isTrue();
        assertThat(SendFailure.mayBreakProducer(new TimeoutException("away"))).isFalse();
        assertThat(SendFailure.mayBreakProducer(new InvalidTimestampException("early")))
                .isFalse();
    }

    private static Map<String, Remedy> found() throws IOException, URISyntaxException {
        Path jar = Path.of(KafkaException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Map<String, Remedy> found = new TreeMap<>();
        try (JarFile classes = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) classes.stream()::iterator) {
                String file = entry.getName();
                if (file.startsWith("org/apache/kafka/") && file.endsWith(".class") && !file.contains("/shaded/")) {
                    put(
                            found,
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'));
                }
            }
        }
        return found;
    }

    private static void put(Map<String, Remedy> found, String name) {
        try {
            Class<?> type = Class.forName(name, false, KafkaException.class.getClassLoader());
            if (KafkaException.class.isAssignableFrom(type)) {
                String known = name.replace("org.apache.kafka.", "").replace("common.errors.", "");
                found.put(known.replaceAll("Exception$", ""), SendFailure.remedy(type));
            }
        } catch (ClassNotFoundException | LinkageError optional) {
            // needs an optional library, so a send cannot throw it
        }
    }
}
