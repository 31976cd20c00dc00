"""LangChain: its PDF loader, its recursive splitter, its FAISS store."""

from common import HITS, Job, run

TUTORIAL = {"chunk_size": 1000, "chunk_overlap": 200}  # of its own tutorial on retrieval


def drive(job: Job) -> None:
    with job.stage("import"):
        from langchain_community.document_loaders import PyPDFLoader
        from langchain_community.vectorstores import FAISS
        from langchain_huggingface import HuggingFaceEmbeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    with job.stage("load the model"):
        model = HuggingFaceEmbeddings(model_name=job.model, model_kwargs={"device": "cpu"})
        model.embed_query("ready")
    if job.mode == "cold":
        with job.stage("open"):
            # Its store is a pickle, which this flag says to trust: we wrote it ourselves.
            store = FAISS.load_local(job.store, model, allow_dangerous_deserialization=True)
        store.similarity_search(job.questions[0], k=HITS)
        return
    with job.stage("read the files"):
        pages = [page for name in job.files for page in PyPDFLoader(name).load()]
    texts = job.texts
    if job.mode == "defaults":
        with job.stage("cut"):
            texts = _texts(RecursiveCharacterTextSplitter().split_documents(pages))
        job.cut("defaults", texts)
        tutorial = RecursiveCharacterTextSplitter(**TUTORIAL)
        job.cut("as in the tutorial (1,000 characters)", _texts(tutorial.split_documents(pages)))
    with job.stage("embed and index"):
        store = FAISS.from_texts(texts, model)
    store.save_local(job.store)
    job.ask(lambda question: store.similarity_search(question, k=HITS))


def _texts(chunks: list) -> list[str]:
    return [chunk.page_content for chunk in chunks]


if __name__ == "__main__":
    run(drive, ("langchain-core", "langchain-community", "langchain-huggingface", "faiss-cpu"))
