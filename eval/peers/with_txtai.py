"""txtai: hybrid search by vectors and words. It cuts nothing by itself: a page is a text."""

from common import HITS, Job, run


def drive(job: Job) -> None:
    with job.stage("import"):
        from pypdf import PdfReader
        from txtai import Embeddings
    if job.mode == "cold":
        with job.stage("open"):  # the model too
            index = Embeddings()
            index.load(job.store)
        index.search(job.questions[0], HITS)
        return
    with job.stage("load the model"):
        index = Embeddings(path=job.model, hybrid=True, content=True, gpu=False)
        index.transform("ready")
    with job.stage("read the files"):
        pages = [page.extract_text() for name in job.files for page in PdfReader(name).pages]
    texts = job.texts
    if job.mode == "defaults":
        texts = [page for page in pages if page.strip()]
        job.cut("defaults (a page each)", texts)
    with job.stage("embed and index"):
        index.index(texts)
    index.save(job.store)
    job.ask(lambda question: index.search(question, HITS))


if __name__ == "__main__":
    run(drive, ("txtai",))
