"""LlamaIndex: its directory reader, its sentence splitter, its own vector store."""

from common import HITS, Job, run


def drive(job: Job) -> None:
    with job.stage("import"):
        from llama_index.core import (
            SimpleDirectoryReader,
            StorageContext,
            VectorStoreIndex,
            load_index_from_storage,
        )
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.core.schema import MetadataMode, TextNode
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    with job.stage("load the model"):
        model = HuggingFaceEmbedding(model_name=job.model, device="cpu")
        model.get_query_embedding("ready")
    if job.mode == "cold":
        with job.stage("open"):
            kept = StorageContext.from_defaults(persist_dir=job.store)
            index = load_index_from_storage(kept, embed_model=model)
        index.as_retriever(similarity_top_k=HITS).retrieve(job.questions[0])
        return
    with job.stage("read the files"):
        documents = SimpleDirectoryReader(input_files=job.files).load_data()
    nodes = [TextNode(text=text) for text in job.texts]
    if job.mode == "defaults":
        with job.stage("cut"):
            nodes = SentenceSplitter().get_nodes_from_documents(documents)
        # What is embedded is the chunk with its metadata in front.
        job.cut("defaults", [node.get_content(metadata_mode=MetadataMode.EMBED) for node in nodes])
    with job.stage("embed and index"):
        index = VectorStoreIndex(nodes, embed_model=model)
    index.storage_context.persist(persist_dir=job.store)
    retriever = index.as_retriever(similarity_top_k=HITS)
    job.ask(retriever.retrieve)


if __name__ == "__main__":
    run(drive, ("llama-index-core", "llama-index-embeddings-huggingface"))
