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
 * Every exception of the Kafka client is judged. One that an upgrade brings is in no list, and the test fails until it
 * is judged. Names are without their end "Exception", and without {@code common.errors}.
 */
class SendFailureTest {

    /** An operator changes a right, a limit or a policy, for the destination. */
    private static final String OPERATOR = """
            Authentication Authorization ClusterAuthorization DelegationTokenAuthorization GroupAuthorization
            IllegalSaslState InvalidRequiredAcks InvalidTopic PolicyViolation SaslAuthentication
            SecurityDisabled SslAuthentication TopicAuthorization TransactionalIdAuthorization
            UnsupportedCompressionType UnsupportedForMessageFormat UnsupportedSaslMechanism
            UnsupportedVersion common.network.DelayedResponseAuthentication
            common.requests.FindCoordinatorRequest$NoBatchedFindCoordinators
            common.requests.OffsetFetchRequest$NoBatchedOffsetFetchRequest
            """;

    /** The record fits no limit of a topic, which an operator can raise, or its batch does not. */
    private static final String ALONE = """
            RecordBatchTooLarge RecordTooLarge
            """;

    /**
     * The broker or the client calls the record itself invalid. The share consumer's and the deserializer's are no
     * sends'.
     */
    private static final String ALONE_OR_NONE = """
            RecordDeserialization Serialization clients.consumer.internals.ShareFetch
            clients.consumer.internals.ShareInFlightBatch common.InvalidRecord
            """;

    /** The broker, its cluster, its clock or ours is in trouble, or it is no answer to a send. */
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
    void everyExceptionOfTheClientIsJudged() throws IOException, URISyntaxException {
        Map<String, Remedy> judged = new TreeMap<>();
        Map.of(Remedy.OPERATOR, OPERATOR, Remedy.ALONE, ALONE, Remedy.ALONE_OR_NONE, ALONE_OR_NONE, Remedy.TIME, TIME)
                .forEach((remedy, names) -> Arrays.stream(names.trim().split("\\s+"))
                        .forEach(name ->
                                assertThat(judged.put(name, remedy)).as(name).isNull()));

        assertThat(found()).isEqualTo(judged);
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorOfTheProtocolHasAnOutcome(Errors error) {
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
    void onlyAnInvalidRecordIsRefusedForGood() {
        assertThat(SendFailure.outcome(new InvalidRecordException("bad"), "partition 1"))
                .isEqualTo(new SendOutcome.Refused("InvalidRecordException: bad", true));
        assertThat(SendFailure.outcome(new RecordTooLargeException("large"), "partition 1"))
                .isEqualTo(new SendOutcome.Refused("RecordTooLargeException: large", false));
    }

    @Test
    void aValidRecordOfABatchWithInvalidOnesIsSentAlone() {
        KafkaException inBadCompany = new KafkaException(
                "Failed to append record because it was part of a batch which had one more more invalid records");

        assertThat(SendFailure.outcome(inBadCompany, "partition 1"))
                .isInstanceOfSatisfying(
                        SendOutcome.Refused.class,
                        refused -> assertThat(refused.permanent()).isFalse());
        assertThat(SendFailure.mayBreakProducer(inBadCompany)).isFalse();
    }

    @Test
    void aPartitionIsBlamedButNotForAFullBuffer() {
        assertThat(SendFailure.outcome(new TimeoutException("expired"), "partition 1"))
                .isEqualTo(new SendOutcome.Unreachable("TimeoutException: expired", "partition 1"));
        assertThat(SendFailure.outcome(new BufferExhaustedException("full"), "partition 1"))
                .isEqualTo(new SendOutcome.Unreachable("BufferExhaustedException: full", ""));
    }

    @Test
    void aProducerIsReplacedOnlyForWhatMayBeItsOwn() {
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
            // needs a library that is not here, and so is none that a send can give
        }
    }
}
