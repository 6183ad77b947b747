package io.sluice.jobs.scorer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.ScorerConfig;
import io.sluice.state.rank.ScorerFaultException;
import io.sluice.state.rank.ScorerFaultException.Fault;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Scores by an ONNX model: from one input of floats [n, 1 + d], a row of log-odds and vector for
 * each who is left, to one output of floats [n] or [n, 1]. All rows at once, so that a model may
 * look at the others. Thread-safe.
 */
final class OnnxScorer extends ConfiguredScorer {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final long width; // of a row; negative: any

    private OnnxScorer(
            OrtEnvironment environment, OrtSession session, String input, ScorerConfig config)
            throws OrtException {
        super(config);
        this.environment = environment;
        this.session = session;
        this.input = input;
        width = widthOf(session.getInputInfo().get(input).getInfo());
    }

    static OnnxScorer open(ScorerConfig config, Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "rank.scorer.file must be a file that can be read, found " + file);
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            OrtSession session = environment.createSession(file.toString());
            if (session.getNumInputs() != 1 || session.getNumOutputs() != 1) {
                throw new IllegalArgumentException(
                        "rank.scorer.file must have one input and one output, found %s and %s in %s"
                                .formatted(
                                        session.getInputNames(), session.getOutputNames(), file));
            }
            String input = session.getInputNames().iterator().next();
            return new OnnxScorer(environment, session, input, config);
        } catch (OrtException e) {
            throw new IllegalArgumentException(
                    "rank.scorer.file must be an ONNX model, found %s: %s"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static long widthOf(Object info) {
        if (info instanceof TensorInfo tensor && tensor.getShape().length == 2) {
            return tensor.getShape()[1];
        }
        throw new IllegalArgumentException(
                "rank.scorer.file must take floats [n, 1 + dimensions], found " + info);
    }

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public void score(
            RerankRequest request,
            Candidates candidates,
            int[] left,
            int count,
            float[] scores,
            Deadline deadline)
            throws ScorerFaultException {
        int row = 1 + candidates.dimensions();
        if (width >= 0 && width != row) {
            throw new ScorerFaultException(
                    Fault.SCORER_FAILED,
                    "the ONNX model takes rows of %d, found 1 + %d"
                            .formatted(width, candidates.dimensions()));
        }
        FloatBuffer rows = FloatBuffer.allocate(count * row);
        for (int i = 0; i < count; i++) {
            rows.put(candidates.logit(left[i]));
            rows.put(candidates.vectors(), candidates.vectorAt(left[i]), row - 1);
        }
        rows.flip();
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(environment, rows, new long[] {count, row});
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            read(result.get(0), count, scores);
        } catch (OrtException e) {
            throw new ScorerFaultException(Fault.SCORER_FAILED, e.getMessage(), e);
        }
    }

    private static void read(OnnxValue output, int count, float[] scores)
            throws ScorerFaultException {
        FloatBuffer values = output instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
        if (values == null || values.remaining() != count) {
            throw new ScorerFaultException(
                    Fault.SCORER_UNREADABLE,
                    "the ONNX model must give %d floats, found %s".formatted(count, output));
        }
        values.get(scores, 0, count);
    }
}
