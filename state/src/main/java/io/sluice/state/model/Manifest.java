package io.sluice.state.model;

/**
 * Closes a publication: everything published before it belongs together.
 *
 * @param version of the publication
 * @param lineage epoch in which the model began on its topic: rows of earlier epochs are void; 0
 *     when it is not known, and then none is
 * @param eventTime largest event time learnt, epoch milliseconds; {@link Long#MIN_VALUE} when
 *     nothing was learnt yet
 * @param examples examples learnt
 * @param dimensions length of the embeddings
 * @param schemaFingerprint of the feature schema that the rows were made with
 * @param publishedAt the trainer's clock when it was published, epoch milliseconds
 * @param rows rows held by the trainer
 * @param bytes bytes held by the trainer's model
 * @param digest SHA-256 of the learner's whole state in hexadecimal at the end of a bounded run;
 *     empty otherwise
 */
public record Manifest(
        PageVersion version,
        int lineage,
        long eventTime,
        long examples,
        int dimensions,
        long schemaFingerprint,
        long publishedAt,
        long rows,
        long bytes,
        String digest) {}
